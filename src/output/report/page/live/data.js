// What the page knows: the words of both languages, and what the server told it first.

const data = { language: "en", texts: { en: {}, zh: {} }, twins: [], figures: {}, letters: [], study: null };
