// Whether the texts of a report's pictures have room, and can be read.

/** Texts of pictures that leave their figure, or cover each other. */
export const misplaced = (page) => page.evaluate(() => {
  const box = (text) => text.getBoundingClientRect();
  // A box of a text is higher than its letters.
  const touch = (a, b) => a.left + 1 < b.right - 1 && b.left + 1 < a.right - 1 && a.top + 3.5 < b.bottom - 3.5 && b.top + 3.5 < a.bottom - 3.5;
  const found = [];
  for (const plot of document.querySelectorAll(".js-plotly-plot")) {
    const frame = box(plot);
    const place = plot.closest("figure").id;
    // Letters of the cost picture stand on their marks: two policies of one cost and effect share a place.
    const texts = [...plot.querySelectorAll(".main-svg text")].filter((text) => text.textContent.trim() && box(text).width > 0 && !text.closest(".hoverlayer, .notifier-note"));
    for (const [i, text] of texts.entries()) {
      const own = box(text);
      if (own.left < frame.left - 2 || own.right > frame.right + 2 || own.top < frame.top - 3 || own.bottom > frame.bottom + 3) found.push(`${place}: outside: ${text.textContent}`);
      for (const other of texts.slice(i + 1)) {
        const letters = place === "cost" && text.textContent.length === 1 && other.textContent.length === 1;
        if (!letters && touch(own, box(other))) found.push(`${place}: ${text.textContent} on ${other.textContent}`);
      }
    }
  }
  return found;
});

/** Texts of pictures and of the page whose contrast to their ground is below 4.5. */
export const faint = (page) => page.evaluate(() => {
  const parts = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = (colour) => {
    const [r, g, b] = parts(colour).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = light(getComputedStyle(document.body).backgroundColor);
  const found = [];
  for (const text of document.querySelectorAll(".js-plotly-plot .main-svg text")) {
    // What stands on a coloured cell or mark is measured by its own ground.
    if (!text.textContent.trim() || text.closest(".hm, .heatmap-label, .heatmap, .textpoint, .bars, .trace, .hoverlayer") || !text.getBoundingClientRect().width) continue;
    const ink = light(getComputedStyle(text).fill);
    const contrast = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    if (contrast < 4.5) found.push(`${text.closest("figure").id}: ${text.textContent}: ${contrast.toFixed(2)}`);
  }
  return found;
});
