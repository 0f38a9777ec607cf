// The last change once more: from what was known before it to what is known now.

const REPLAY_STEPS = 20;

/** Whether there is something to replay: numbers before and after a change, looked at in the same way. */
function canReplay() {
  const { before, numbers } = lab;
  return Boolean(before && numbers && before !== numbers && JSON.stringify(before.looking) === JSON.stringify(numbers.looking));
}

/** A picture of time so far on the way from one to the other; what only the later one has stands as it is. */
function onTheWay(from, to, share) {
  const key = ({ meta, yaxis }) => `${meta.policy} ${meta.part} ${yaxis}`;
  // low and high ends of a band have one name: they come in this order
  const known = Map.groupBy(from.data, key);
  const traces = to.data.map((trace) => {
    const earlier = known.get(key(trace))?.shift();
    if (!earlier) return trace;
    const y = trace.y.map((value, month) => (isKnown(value) && isKnown(earlier.y[month]) ? earlier.y[month] + share * (value - earlier.y[month]) : value));
    return { ...trace, y };
  });
  return { data: traces, layout: structuredClone(to.layout) };
}

/** Plays it; who wants little motion sees both ends. */
async function replay() {
  if (drawing || !canReplay() || !window.Plotly) return;
  const { before, numbers: after } = lab;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const steps = calm ? [0, 1] : Array.from({ length: REPLAY_STEPS + 1 }, (_, i) => i / REPLAY_STEPS);
  const pause = (time) => new Promise((over) => setTimeout(over, time));
  drawing = true;
  try {
    for (const share of steps) {
      place.status.textContent = t(share < 1 ? "lab.replay.before" : "lab.replay.after");
      if (share === 0 || share === 1) sayHeadline(share ? after : before);
      await drawUnfold(onTheWay(before.unfold, after.unfold, share));
      await pause(share === 0 || share === 1 ? 800 : 30);
    }
  } finally {
    drawing = false;
  }
  document.documentElement.dataset.replayed = String(Number(document.documentElement.dataset.replayed ?? 0) + 1);
  waiting ??= after;
  drawWaiting();
}
