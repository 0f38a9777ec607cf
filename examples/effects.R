# Effects of a comparison in R, without packages.
#   Rscript examples/effects.R results/china31
folder <- commandArgs(trailingOnly = TRUE)[1]
effects <- read.csv(file.path(folder, "effects.csv"))
judged <- subset(effects, scope_kind == "nation" & period == "last_12_months" &
                   outcome == "data_sharing_rate")
judged <- judged[order(-judged$mean_difference), ]
print(judged[c("policy", "mean_difference", "ci_low", "ci_high", "p_holm")], row.names = FALSE)

png(file.path(folder, "effects.png"), width = 900, height = 500)
par(mar = c(4, 14, 1, 1))
at <- rev(seq_len(nrow(judged)))
plot(judged$mean_difference, at, xlim = range(judged$ci_low, judged$ci_high, 0), yaxt = "n",
     ylab = "", xlab = "change of the data-sharing rate", pch = 19)
segments(judged$ci_low, at, judged$ci_high, at)
abline(v = 0, lty = 3)
axis(2, at = at, labels = judged$policy, las = 1)
invisible(dev.off())
