"""The month of citizens as a mesa-frames model: two data frames, of cells and of citizens."""

import sys

import polars as pl
from mesa_frames import AgentSetPolars, ModelDF

CELLS = 100
STOCKS = {
    "citizens": pl.len(),
    "pending": pl.col("waiting").gt(0).sum(),
    "on": pl.col("online").sum(),
    "trust": pl.col("trust").mean(),
    "expectation": pl.col("expectation").mean(),
    "satisfaction": pl.col("satisfaction").mean(),
}
EVENTS = ["raised", "closed", "substantive", "abandoned", "waited"]


class Cells(AgentSetPolars):
    """Jurisdictions: what their citizens meet."""

    def __init__(self, model):
        super().__init__(model)
        x = pl.Series([i / (CELLS - 1) for i in range(CELLS)])
        quality, sharing, stretch = 0.3 + 0.4 * x, 0.6 * (1 - x), 1 + 0.6 * 0.3
        missed = 0.7 * (1 - quality * (0.3 + 0.7 * sharing)) * (1 - 0.3 * 0.1)
        cells = pl.DataFrame({
            "unique_id": pl.Series(range(CELLS), dtype=pl.Int64),
            "capacity": 0.024 * (1 + 0.6 * quality * sharing) * stretch,
            "substance": (1 - missed) / stretch,
            "platform": 0.2 + 0.6 * x,
        })
        flows = [pl.lit(0).alias(name) for name in EVENTS]
        self += cells.with_columns(pl.lit(0.5).alias("remembered"), *flows)

    def step(self):
        """Settles the month before citizens live it."""
        stocks = self.model.stocks
        load = self.model.citizens.expect(self.agents["remembered"])["load"]
        share = stocks["on"] / stocks["citizens"]
        closing = pl.col("capacity") * stocks["citizens"] / load
        self.agents = (
            self.agents.with_columns(closing=closing.clip(upper_bound=1.0))
            .with_columns(performance=pl.col("closing") * pl.col("substance"))
            .with_columns(
                spillover=0.5 * (pl.col("closing") - pl.col("performance")),
                pull=(0.004 + 0.09 * share) * (2 * pl.col("platform")).clip(upper_bound=1.5) * 1.2,
                remembered=pl.col("remembered") + 0.2 * (pl.col("closing") - pl.col("remembered")),
            )
        )

    def terms(self):
        names = ["closing", "substance", "performance", "spillover", "pull"]
        return self.agents.select(pl.col("unique_id").alias("home"), *names)

    def add_events(self, sums):
        self.agents = self.agents.with_columns(**{e: pl.col(e) + sums[e] for e in EVENTS})


class Citizens(AgentSetPolars):
    def __init__(self, model, citizens):
        super().__init__(model)
        self += pl.DataFrame({
            "unique_id": range(CELLS, CELLS + citizens),
            "home": pl.int_range(citizens, eager=True) * CELLS // citizens,
            "literacy": self.draws(citizens),
            "online": self.draws(citizens) < 0.1,
        }).with_columns(
            trust=pl.lit(0.4), expectation=pl.lit(0.5), satisfaction=pl.lit(0.0),
            put_off=pl.lit(False), waiting=pl.lit(0, dtype=pl.UInt8),
        )

    def draws(self, n):
        return pl.Series(self.random.random(n))

    def by_home(self, **columns):
        return self.agents.group_by("home").agg(**columns).sort("home")

    def expect(self, remembered):
        """Probability of a request for each citizen; returns the load expected in each cell."""
        base = 0.02 * (1.5 * (remembered - 0.5)).exp()
        bases = pl.DataFrame({"home": range(CELLS), "base": base})
        again = 1 - (1 - pl.col("raise")) * 0.75
        online = pl.col("base") * pl.when("online").then(1.5).otherwise(1.0)
        self.agents = (
            self.agents.join(bases, on="home", how="left", maintain_order="left")
            .with_columns(online.clip(upper_bound=1.0).alias("raise"))
            .with_columns(pl.when("put_off").then(again).otherwise("raise").alias("raise"))
            .with_columns(pl.when(pl.col("waiting").gt(0)).then(1.0).otherwise("raise").alias("raise"))
            .drop("base")
        )
        return self.by_home(load=pl.col("raise").sum())

    def request(self):
        """Demand and service."""
        n, waiting = len(self), pl.col("waiting")
        draws = {name: self.draws(n) for name in ("u_raise", "u_close", "u_worth", "u_drop")}
        self.agents = (
            self.agents.with_columns(**draws)
            .with_columns(
                raised=(waiting == 0) & (pl.col("u_raise") < pl.col("raise")),
            )
            .with_columns(open=(waiting > 0) | pl.col("raised"))
            .with_columns(closed=pl.col("open") & (pl.col("u_close") < pl.col("closing")))
            .with_columns(
                substantive=pl.col("closed") & (pl.col("u_worth") < pl.col("substance")),
                abandoned=pl.col("open") & ~pl.col("closed") & (pl.col("u_drop") < 0.25),
                waited=pl.when("closed").then(waiting).otherwise(0).cast(pl.Int64),
            )
            .with_columns(
                put_off=pl.col("closed") & ~pl.col("substantive"),
                settled=pl.col("closed") | pl.col("abandoned"),
            )
            .with_columns(
                waiting=pl.when(pl.col("open") & ~pl.col("settled")).then(waiting + 1).otherwise(0)
                .cast(pl.UInt8),
            )
        )

    def experience(self):
        p, expected = pl.col("p"), pl.col("expectation")
        own = 0.5 * pl.col("performance") + 0.5 * pl.col("substantive").cast(pl.Float64)
        rate = pl.when(pl.col("change") > 0).then(0.15).otherwise(0.05)
        satisfaction = 0.6 + 0.4 * (p - 0.3) + 0.6 * (p - expected)
        trust = pl.col("trust") + 0.1 * (pl.col("satisfaction") - pl.col("trust"))
        self.agents = (
            self.agents.with_columns(p=pl.when("settled").then(own).otherwise("performance"))
            .with_columns(
                satisfaction=satisfaction.clip(0, 1),
                change=p + pl.col("spillover") - expected,
            )
            .with_columns(
                expectation=(expected + rate * pl.col("change")).clip(0, 1),
                trust=trust.clip(0, 1),
            )
        )

    def go_online(self):
        able, chance = pl.col("literacy") >= 0.3, pl.col("pull") * pl.col("trust")
        joins = able & (pl.col("u_online") < chance)
        self.agents = self.agents.with_columns(u_online=self.draws(len(self))).with_columns(
            online=pl.col("online") | joins
        )

    def step(self):
        terms = self.model.cells.terms()
        own = [c for c in self.agents.columns if c not in terms.columns or c == "home"]
        self.agents = self.agents.select(own).join(
            terms, on="home", how="left", maintain_order="left"
        )
        self.request()
        self.experience()
        self.go_online()


class Country(ModelDF):
    def __init__(self, citizens, seed):
        super().__init__(seed=seed)
        self.cells, self.citizens = Cells(self), Citizens(self, citizens)
        self.agents += [self.cells, self.citizens]
        self.stocks = self.citizens.by_home(**STOCKS)

    def step(self):
        self.agents.step()
        sums = {event: pl.col(event).sum() for event in EVENTS}
        self.stocks = self.citizens.by_home(**STOCKS, **sums)
        self.cells.add_events(self.stocks)


def main():
    citizens, months, seed = map(int, sys.argv[1:])
    country = Country(citizens, seed)
    for _ in range(months):
        country.step()
    names = ["pending", "on", "trust", "expectation", "satisfaction"]
    table = pl.concat(
        [country.cells.agents.select("unique_id", *EVENTS), country.stocks.select(names)],
        how="horizontal",
    )
    print(table.write_csv(include_header=False), end="")


if __name__ == "__main__":
    main()
