// Unpacking: numbers and the script that draws stand in the page compressed, so that it paints first.

/** The bytes of a packed part of the page as text. */
async function unpacked(id) {
  const letters = document.getElementById(id).textContent;
  const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/** The next moment in which the page is idle. */
const idle = () => new Promise((free) => (window.requestIdleCallback ? requestIdleCallback(free, { timeout: 200 }) : setTimeout(free, 1)));

/** After the first paint. */
const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));

/** Runs the packed script that draws. */
async function loadPlotly() {
  const script = document.createElement("script");
  script.textContent = await unpacked("plotly");
  document.head.append(script);
}

await painted();
const data = JSON.parse(await unpacked("data"));
