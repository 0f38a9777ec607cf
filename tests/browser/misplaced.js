// Whether the texts of a report's pictures have room, and can be read.

/** Texts of pictures that leave their figure, or cover each other. */
export const misplaced = (page) => page.evaluate(() => {
  const box = (text) => text.getBoundingClientRect();
  // A box of a text is higher than its letters.
  const touch = (a, b) => a.left + 1 < b.right - 1 && b.left + 1 < a.right - 1 && a.top + 3.5 < b.bottom - 3.5 && b.top + 3.5 < a.bottom - 3.5;
  const found = [];
  for (const plot of document.querySelectorAll(".js-plotly-plot")) {
    const frame = box(plot);
    const place = plot.closest("figure")?.id ?? plot.dataset.figure;
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

/** Names of the bar that are cut off in their boxes, an arrow taking its part. */
export const cutOff = (page) => page.evaluate(() => {
  const pen = document.createElement("canvas").getContext("2d");
  return [...document.querySelectorAll("#bar select")].filter((select) => {
    pen.font = getComputedStyle(select).font;
    return pen.measureText(select.selectedOptions[0].textContent).width > select.clientWidth - 24;
  }).map((select) => select.selectedOptions[0].textContent);
});

/** Words on coloured cells whose contrast to their cell is below 4.5. */
export const faintOnCells = (page) => page.evaluate(async () => {
  const light = (parts) => {
    const [r, g, b] = [...parts].map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  /** The colours of a picture's cells, by place on the screen. */
  const cells = async (image) => {
    const box = image.getBoundingClientRect();
    const drawn = new Image();
    drawn.src = image.getAttribute("href") ?? image.getAttribute("xlink:href");
    await drawn.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: drawn.width, height: drawn.height });
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(drawn, 0, 0);
    return (x, y) => {
      if (x < box.left || x > box.right || y < box.top || y > box.bottom) return null;
      return pen.getImageData(((x - box.left) / box.width) * drawn.width, ((y - box.top) / box.height) * drawn.height, 1, 1).data;
    };
  };
  const found = [];
  for (const plot of document.querySelectorAll("#map .js-plotly-plot, #ranks .js-plotly-plot, #attention .js-plotly-plot")) {
    const grounds = await Promise.all([...plot.querySelectorAll(".hm image")].map(cells));
    for (const text of plot.querySelectorAll(".textpoint text, .heatmap-label text")) {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      const under = grounds.map((ground) => ground((left + right) / 2, (top + bottom) / 2)).filter((colour) => colour?.[3] === 255).at(-1);
      if (!under) continue;
      const [a, b] = [light(under), light((getComputedStyle(text).fill.match(/\d+/g) ?? []).map(Number))];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (contrast < 4.5) found.push(`${plot.closest("figure").id}: ${text.textContent}: ${contrast.toFixed(2)}`);
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
    if (contrast < 4.5) found.push(`${text.closest("figure, .plot").id}: ${text.textContent}: ${contrast.toFixed(2)}`);
  }
  return found;
});
