// Whether the texts of a report's pictures have room.

/** Texts of pictures that leave their figure, or cover each other. */
export const misplaced = (page) => page.evaluate(() => {
  const box = (text) => text.getBoundingClientRect();
  // A box of a text is higher than its letters.
  const touch = (a, b) => a.left + 1 < b.right - 1 && b.left + 1 < a.right - 1 && a.top + 3.5 < b.bottom - 3.5 && b.top + 3.5 < a.bottom - 3.5;
  const found = [];
  for (const svg of document.querySelectorAll("figure svg:not(svg svg)")) {
    const frame = box(svg.closest(".scroll") ? svg : svg.closest(".picture"));
    const texts = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim() && box(text).width > 0);
    const place = svg.closest("figure").id;
    for (const [i, text] of texts.entries()) {
      const own = box(text);
      if (own.left < frame.left - 1 || own.right > frame.right + 1 || own.top < frame.top - 2 || own.bottom > frame.bottom + 2) found.push(`${place}: outside: ${text.textContent}`);
      for (const other of texts.slice(i + 1)) if (touch(own, box(other))) found.push(`${place}: ${text.textContent} on ${other.textContent}`);
    }
  }
  return found;
});
