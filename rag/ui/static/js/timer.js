// A timer of speeches. What it counts stands in the format that is chosen; it goes on in other views, and when the page
// is loaded anew.

import { find, findAll } from "./dom.js";
import { actions, showView, tell } from "./page.js";
import { own } from "./settings.js";

/**
 * @typedef {{title: string, kind: string, seconds: number, protected: number}} Slot
 * @typedef {{name: string, title: string, slots: Slot[], preparation: {title: string, seconds: number}[]}} Format
 *
 * @typedef {object} Count of some time: what was used when it was last stopped, and since when it goes on
 * @property {number} used milliseconds
 * @property {number | null} since
 *
 * @typedef {object} State
 * @property {string} format
 * @property {number} slot
 * @property {Count} speech
 * @property {Count[]} preparation
 * @property {Record<string, number>} minutes of slots that were changed, by format and number
 * @property {boolean} sound
 */

const TICK = 250;
const MINUTE = 60;
const THIRTY = 30;

/** @returns {Count} */
const unused = () => ({ used: 0, since: null });

/** @param {Count} count */
const usedOf = ({ used, since }) => (used + (since === null ? 0 : Date.now() - since)) / 1000;

/** @param {Count} count */
function toggle(count) {
    count.used = usedOf(count) * 1000;
    count.since = count.since === null ? Date.now() : null;
}

/**
 * Minutes and seconds, « +0:12 » beyond the end.
 * @param {number} seconds
 */
export function stopwatch(seconds) {
    const whole = Math.abs(seconds > 0 ? Math.ceil(seconds) : Math.floor(seconds));
    return `${seconds < 0 ? "+" : ""}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** @param {HTMLElement} tool */
export function timer(tool) {
    const panel = find(tool, ".timer");
    /** @type {Format[]} */
    const formats = JSON.parse(String(panel.dataset.formats));
    /** @type {HTMLSelectElement} */
    const formatField = find(panel, ".timer-format");
    /** @type {HTMLSelectElement} */
    const slotField = find(panel, ".timer-slot");
    /** @type {HTMLInputElement} */
    const minutes = find(panel, ".timer-minutes");
    /** @type {HTMLInputElement} */
    const sound = find(panel, ".timer-sound");
    const preparation = find(panel, ".timer-preparation");
    const clocks = findAll(tool, ".clock");
    const phases = findAll(tool, ".timer-phase");
    const chip = elsewhere();

    const state = remembered();
    /** @type {AudioContext | null} */
    let audio = null;
    let phase = "";

    const format = () => formats.find(({ name }) => name === state.format) ?? formats[0];
    const slot = () => format().slots[state.slot];
    const ownMinutes = () => `${state.format} ${state.slot}`;
    const total = () => (state.minutes[ownMinutes()] ?? 0) * MINUTE || slot().seconds;
    const left = () => total() - usedOf(state.speech);
    const running = () => [state.speech, ...state.preparation].some(({ since }) => since !== null);

    const self = { left: () => Math.max(0, left()), ticked() {} };

    // --- keeping ---

    /** @returns {State} */
    function remembered() {
        /** @type {State} */
        const fresh = { format: formats[0].name, slot: 0, speech: unused(), preparation: [], minutes: {}, sound: false };
        try {
            const found = { ...fresh, ...JSON.parse(sessionStorage.getItem(own("timer")) ?? "{}") };
            const known = formats.find(({ name }) => name === found.format);
            return known && found.slot < known.slots.length ? found : fresh;
        } catch {
            return fresh;
        }
    }

    function remember() {
        try { sessionStorage.setItem(own("timer"), JSON.stringify(state)); } catch { /* then for this page only */ }
    }

    // --- counting ---

    /** What is to be told of the time: its protection, how near its end is. */
    function phaseNow() {
        const [rest, guard] = [left(), slot().protected];
        if (rest <= 0) return ["timer_over"];
        const near = rest <= THIRTY ? "timer_thirty" : rest <= MINUTE ? "timer_minute" : "";
        const covered = guard && (rest <= guard || total() - rest < guard);
        return [near, guard ? (covered ? "timer_protected" : "timer_open") : ""].filter(Boolean);
    }

    function show() {
        const told = phaseNow();
        const now = told.join();
        const level = { timer_over: "over", timer_thirty: "late", timer_minute: "soon" }[told[0]] ?? "calm";
        for (const clock of clocks) {
            clock.textContent = stopwatch(left());
            clock.dataset.level = level;
        }
        find(panel, ".timer-bar div").style.width = `${Math.min(100, (100 * usedOf(state.speech)) / total())}%`;
        panel.dataset.level = level;
        if (now !== phase || !phases[0].textContent) {
            if (phase && state.speech.since !== null) beep(level === "over" ? 3 : 1);
            for (const each of phases) each.textContent = told.map((key) => tell(key)).join(" ");
            phase = now;
        }
        const going = state.speech.since !== null;
        find(panel, "[data-do=timer-go]").textContent = tell(going ? "timer_pause" : "timer_start");
        findAll(preparation, "button").forEach((button, n) => {
            const pot = format().preparation[n];
            const count = state.preparation[n] ?? unused();
            button.textContent = `${pot.title} ${stopwatch(pot.seconds - usedOf(count))}`;
            button.setAttribute("aria-pressed", String(count.since !== null));
        });
        chip.textContent = stopwatch(left());
        chip.title = tell("timer_elsewhere");
        chip.dataset.level = level;
        chip.hidden = !going;
        if (!chip.isConnected) document.querySelector(".masthead .tools")?.prepend(chip);
        self.ticked();
    }

    // A sound is made by the browser: nothing is loaded.
    function beep(/** @type {number} */ times) {
        if (!state.sound) return;
        audio ??= new AudioContext();
        for (let n = 0; n < times; n++) {
            const tone = audio.createOscillator();
            tone.connect(audio.destination);
            tone.frequency.value = 660;
            tone.start(audio.currentTime + n * 0.4);
            tone.stop(audio.currentTime + n * 0.4 + 0.2);
        }
    }

    /** @type {number | undefined} */
    let ticking;

    function changed() {
        remember();
        clearInterval(ticking);
        if (running()) ticking = setInterval(show, TICK);
        show();
    }

    // --- choosing ---

    /** @param {string[]} titles */
    const options = (titles) => titles.map((text, value) => new Option(text, String(value)));

    function fill() {
        formatField.replaceChildren(...formats.map(({ name, title }) => new Option(title, name)));
        formatField.value = format().name;
        slotField.replaceChildren(...options(format().slots.map(({ title }, n) => `${n + 1}. ${title}`)));
        preparation.replaceChildren(
            ...format().preparation.map((_, n) => {
                const button = Object.assign(document.createElement("button"), { type: "button", className: "act" });
                button.dataset.do = "timer-prepare";
                button.dataset.n = String(n);
                return button;
            }),
        );
        preparation.hidden = !format().preparation.length;
        state.preparation.length = Math.min(state.preparation.length, format().preparation.length);
        sound.checked = state.sound;
        choose();
    }

    function choose() {
        slotField.value = String(state.slot);
        find(panel, ".timer-title").textContent = slot().title;
        minutes.value = String(total() / MINUTE);
        find(panel, "[data-do=timer-previous]").toggleAttribute("disabled", state.slot === 0);
        find(panel, "[data-do=timer-next]").toggleAttribute("disabled", state.slot === format().slots.length - 1);
        phase = "";
        changed();
    }

    /** @param {number} number */
    function goTo(number) {
        if (!format().slots[number]) return;
        state.slot = number;
        state.speech = unused();
        choose();
    }

    formatField.addEventListener("change", () => {
        Object.assign(state, { format: formatField.value, slot: 0, speech: unused(), preparation: [] });
        fill();
    });
    slotField.addEventListener("change", () => goTo(Number(slotField.value)));
    minutes.addEventListener("change", () => {
        const given = Number(minutes.value);
        if (given >= Number(minutes.min) && given <= Number(minutes.max)) state.minutes[ownMinutes()] = given;
        choose();
    });
    sound.addEventListener("change", () => {
        state.sound = sound.checked;
        if (state.sound) beep(1); // how it sounds; and the browser lets us from now on
        remember();
    });

    /** @param {Count} chosen runs from now on, or stops; the others stop */
    function toggleOnly(chosen) {
        for (const each of [state.speech, ...state.preparation]) {
            if (each !== chosen && each?.since) toggle(each);
        }
        toggle(chosen);
        changed();
    }

    actions["timer-go"] = () => toggleOnly(state.speech);
    actions["timer-reset"] = () => {
        state.speech = unused();
        choose();
    };
    actions["timer-previous"] = () => goTo(state.slot - 1);
    actions["timer-next"] = () => goTo(state.slot + 1);
    actions["timer-prepare"] = ({ dataset }) => {
        const n = Number(dataset.n);
        format().preparation.forEach((_, other) => (state.preparation[other] ??= unused()));
        toggleOnly(state.preparation[n]);
    };

    fill();
    return self;
}

// Shows the time at the top of every view, and leads back.
function elsewhere() {
    const chip = Object.assign(document.createElement("button"), { type: "button", className: "timer-chip", hidden: true });
    chip.addEventListener("click", () => showView("counter"));
    return chip;
}
