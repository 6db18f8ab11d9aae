// What this browser remembers between visits: language, who one is in which chat, what was read.
const PREFIX = "dalil.";

/** The remembered value, or the fallback when there is none or the browser keeps nothing. */
export function recall(key, fallback) {
  try {
    const stored = localStorage.getItem(PREFIX + key);
    return stored === null ? fallback : JSON.parse(stored);
  } catch (error) {
    console.info("nothing remembered", key, error.name);
    return fallback;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch (error) {
    // Private windows may refuse storage; the page then forgets on reload and works otherwise.
    console.info("not remembered", key, error.name);
  }
}
