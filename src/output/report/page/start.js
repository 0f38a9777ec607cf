// Unpacking: numbers and the script that draws stand in the page compressed, so that it paints first.

/** The bytes of a packed part of the page as text. */
async function unpacked(id) {
  const letters = atob(document.getElementById(id).textContent);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/** The next moment in which the page is idle. */
const idle = () => new Promise((free) => (window.requestIdleCallback ? requestIdleCallback(free, { timeout: 200 }) : setTimeout(free, 1)));

/** After the first paint. */
const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));

/** The packed script that draws, once it is asked for. */
let plotly = null;

/** Runs it, when the page has painted what needs no drawing. */
async function loadPlotly() {
  await painted();
  const script = document.createElement("script");
  script.textContent = await unpacked("plotly");
  document.head.append(script);
}

await painted();
const data = JSON.parse(await unpacked("data"));
