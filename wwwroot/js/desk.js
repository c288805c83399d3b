// The check-in desk (Features/Registrations/CheckInPage): what only a browser can do for it. A code comes by key, by a scanner gun,
// which types it and presses Enter, or by the camera; each is handed to the circuit as a change of a hidden input.
const again = 1000; // A code is sent again only after the camera has not seen it for so long.
const look = 150;
const soundKey = "desk-sound";

const desk = () => document.querySelector("[data-desk]");
const say = key => { const status = document.querySelector("[data-desk-status]"); if (status) status.textContent = key ? desk().dataset[key] : ""; };

// Not on a phone, where the keyboard would cover the answer.
function focusInput() {
  if (matchMedia("(pointer: fine)").matches) document.getElementById("desk-code")?.focus();
}

function send(code) {
  const scanned = document.querySelector("[data-desk-scanned]");
  if (!scanned || !code.trim()) return;
  scanned.value = code;
  scanned.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("submit", event => {
  if (!event.target.matches?.("[data-desk-form]")) return;
  event.preventDefault();
  const input = document.getElementById("desk-code");
  const code = input.value;
  // At once: a scanner's next code may already be on its way.
  input.value = "";
  focusInput();
  send(code);
});

// A scanner gun types wherever the focus is: its first digit moves the focus, and stands in the input.
document.addEventListener("keydown", event => {
  const typing = event.target instanceof Element && event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  if (desk() && !typing && !document.querySelector("dialog[open]") && !event.ctrlKey && !event.metaKey && !event.altKey && /^[0-9h]$/.test(event.key)) {
    document.getElementById("desk-code")?.focus();
  }
});

// After a navigation the frame gives the focus to the title, sometimes later than the desk is there.
document.addEventListener("focusin", event => {
  if (event.target.matches?.("h1") && desk()) focusInput();
});

// The camera.
let stream = null;
let timer = 0;
let last = "";
let seen = 0;

async function open(button) {
  if (!("BarcodeDetector" in window) || !(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) { say("none"); return; }
  if (!navigator.mediaDevices?.getUserMedia) { say("insecure"); return; }
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch (error) {
    say(error.name === "NotAllowedError" ? "denied" : error.name === "NotFoundError" || error.name === "OverconstrainedError" ? "missing" : "busy");
    return;
  }
  const video = document.querySelector("[data-desk-video]");
  // The page was left while the browser asked.
  if (!video) { close(); return; }
  video.srcObject = stream;
  video.hidden = false;
  button.setAttribute("aria-pressed", "true");
  say("on");
  watch(new BarcodeDetector({ formats: ["qr_code"] }), video);
}

function watch(detector, video) {
  timer = setTimeout(async () => {
    // A frame that cannot be read is no fault: the next one comes.
    const codes = await detector.detect(video).catch(() => []);
    if (!stream) return;
    for (const { rawValue } of codes) if (isNew(rawValue, performance.now())) send(rawValue);
    watch(detector, video);
  }, look);
}

function isNew(code, now) {
  const held = code === last && now - seen < again;
  last = code;
  seen = now;
  return !held;
}

function close() {
  clearTimeout(timer);
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  const video = document.querySelector("[data-desk-video]");
  if (video) { video.srcObject = null; video.hidden = true; }
  document.querySelector("[data-desk-camera]")?.setAttribute("aria-pressed", "false");
  if (desk()) say("");
}

document.addEventListener("click", event => {
  const button = event.target instanceof Element && event.target.closest("[data-desk-camera]");
  if (button) stream ? close() : open(button);
});
addEventListener("pagehide", close);

// Sound and vibration, if this browser's desk wants them.
let audio = null;

function heard(tone) {
  if (localStorage.getItem(soundKey) !== "on") return;
  navigator.vibrate?.(tone === "good" ? 80 : [120, 60, 120]);
  audio ??= new AudioContext();
  const sound = audio.createOscillator();
  sound.frequency.value = tone === "good" ? 880 : tone === "warn" ? 440 : 220;
  sound.connect(audio.destination);
  sound.start();
  sound.stop(audio.currentTime + (tone === "good" ? .12 : .4));
}

document.addEventListener("change", event => {
  if (event.target.matches?.("[data-desk-sound]")) localStorage.setItem(soundKey, event.target.checked ? "on" : "off");
});

// The desk comes and goes with the pages of the circuit.
let shown = null;
let nth = "0";

function follow() {
  const now = desk();
  if (now !== shown) {
    if (stream) close();
    shown = now;
    if (now) {
      focusInput();
      document.querySelector("[data-desk-sound]").checked = localStorage.getItem(soundKey) === "on";
    }
  }
  const answer = document.querySelector("[data-desk-answer]");
  if (answer && answer.dataset.nth !== nth) {
    nth = answer.dataset.nth;
    if (nth !== "0") heard(answer.dataset.deskAnswer);
  }
}

new MutationObserver(follow).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-nth"] });
follow();
