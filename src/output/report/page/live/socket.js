// The socket: what the page asks, and what it is told.

let socket = null;
let retry = 0;
const hearers = {};

/** Has `heard` called with what is told of this kind. */
const hear = (kind, heard) => { hearers[kind] = heard; };

/** Asks that are not answered yet, of those that are. */
let unanswered = 0;
const ANSWERED = ["set", "undo", "redo", "reset", "hold", "open"];

/** Asks something, if anybody listens. */
function ask(what) {
  if (socket?.readyState !== WebSocket.OPEN) return;
  if (ANSWERED.includes(what.ask)) unanswered += 1;
  socket.send(JSON.stringify(what));
}

function connect() {
  socket = new WebSocket(`${location.href.split("#")[0].replace(/^http/, "ws").replace(/[^/]*$/, "")}live`);
  socket.onopen = () => {
    retry = 0;
    unanswered = 0;
  };
  socket.onmessage = ({ data: text }) => {
    const told = JSON.parse(text);
    hearers[told.kind]?.(told);
  };
  socket.onclose = () => {
    hearers.lost?.();
    retry = Math.min(retry + 1, 6);
    setTimeout(connect, 250 * 2 ** retry);
  };
}
