// The server, there or not. Whatever a call wants, its being gone is said in one place, in the page's language,
// until it is back; what could not be done meanwhile is done then.

import { find } from "./dom.js";
import { debate, lang } from "./settings.js";

/** @typedef {Record<string, (asked: object) => Promise<any>>} Calls */

const PAUSE = 3000; // ms between two looks whether it is back
const PATIENCE = 20_000; // ms until a question is taken up,
const LONG = 60_000; // and between two signs of life after that: one comes every 15 s at least

/** What every call tells the server. */
const about = { lang, debate };
const at = (/** @type {string} */ path) => new URL(`gradio_api/${path}`, document.baseURI);

/** @type {"there" | "gone" | "out"} out: it wants to know who asks, after it was started again */
let state = "there";
/** @type {(() => unknown)[]} */
let waiting = [];

/** @returns {Promise<"there" | "gone" | "out">} */
async function looked() {
    try {
        const found = await fetch(at("login_check"), { cache: "no-store", signal: AbortSignal.timeout(PAUSE) });
        return found.ok ? "there" : found.status === 401 ? "out" : "gone";
    } catch {
        return "gone";
    }
}

/** @param {"there" | "gone" | "out"} found */
function tell(found) {
    state = found;
    const notice = find(document, ".server-gone");
    notice.hidden = state === "there";
    for (const line of notice.querySelectorAll("[data-state]")) {
        line.toggleAttribute("hidden", line.getAttribute("data-state") !== state);
    }
}

// Looks whether it is there; if it is, and had been gone, what waits for it is done.
async function look() {
    const found = await looked();
    if (found !== state) tell(found);
    if (found !== "there") return;
    const todo = waiting;
    waiting = [];
    for (const again of todo) again();
}

/** @type {number | undefined} */
let timer;

// A call has failed: because the server is gone, or for a reason of its own.
async function failed() {
    if (state === "there") await look();
    clearTimeout(timer);
    if (state !== "there") timer = setTimeout(failedAgain, PAUSE);
}

async function failedAgain() {
    await look();
    await failed();
}

export const connection = {
    look,
    /**
     * Does something once the server is back, unless it is there.
     * @param {() => unknown} again
     */
    whenBack: (again) => state !== "there" && waiting.push(again),
};

// What to do when there is no such debate as this window's.
export const gone = { say: /** @type {(html: string) => undefined} */ (() => undefined) };

// What to do when it is there and has too much to do, which it says in a line.
export const refused = { say: /** @type {(line: string) => void} */ (() => {}) };

/**
 * The calls of the server, each giving undefined where there is no answer.
 * @param {Calls} calls
 * @returns {Calls}
 */
export function safely(calls) {
    /** @param {Calls[string]} call */
    const safe = (call) => async (/** @type {object} */ asked) => {
        try {
            const given = await call({ ...about, ...asked });
            if (given?.gone) return gone.say(given.error);
            if (given !== undefined) return given ?? undefined;
        } catch { /* as where nothing comes back */ }
        await failed();
        return undefined;
    };
    return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, safe(call)]));
}

/**
 * What an endpoint gives piece by piece. Gradio's own events are not used for it: once their connection is
 * lost, the page would have to be loaded anew.
 * @param {string} name of the endpoint
 * @param {object} asked
 * @param {(update: any) => void} take
 * @param {AbortSignal} [stop]
 * @returns {Promise<boolean>} whether it came to its end
 */
export async function stream(name, asked, take, stop) {
    const session = Math.random().toString(36).slice(2);
    const left = new AbortController();
    let watchdog = setTimeout(() => left.abort(), PATIENCE);
    let ended = false;
    let event = "";
    stop?.addEventListener("abort", () => {
        left.abort();
        cancel(name, session, event);
    });
    try {
        const begun = await fetch(at(`call/${name}`), {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ data: [{ ...about, ...asked }], session_hash: session }),
            signal: left.signal,
        });
        if (begun.status === 503 && begun.headers.get("Content-Type")?.startsWith("text/plain")) {
            refused.say(await begun.text());
            clearTimeout(watchdog);
            return false;
        }
        event = (await begun.json()).event_id;
        const reply = await fetch(at(`call/${name}/${event}`), { signal: left.signal });
        for await (const { kind, data } of events(reply)) {
            clearTimeout(watchdog);
            watchdog = setTimeout(() => left.abort(), LONG);
            if (kind === "generating") take(data[0]);
            ended = kind === "complete";
            if (ended || kind === "error") break;
        }
    } catch { /* gone, or stopped */ }
    clearTimeout(watchdog);
    if (!ended && !stop?.aborted) await failed();
    return ended;
}

/** @param {Response} reply */
async function* events(reply) {
    const reader = /** @type {ReadableStream<Uint8Array>} */ (reply.body).getReader();
    const decoder = new TextDecoder();
    let text = "";
    for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        text += decoder.decode(value, { stream: true });
        const whole = text.split("\n\n");
        text = String(whole.pop());
        for (const each of whole) {
            const [, kind, data] = /^event: (\w+)\ndata: (.*)$/s.exec(each) ?? [];
            if (kind) yield { kind, data: JSON.parse(data) };
        }
    }
}

/**
 * What is being made is not wanted any more.
 * @param {string} name
 * @param {string} session
 * @param {string} event
 */
function cancel(name, session, event) {
    const { dependencies } = /** @type {any} */ (globalThis).gradio_config;
    const endpoint = dependencies.find((/** @type {any} */ { api_name }) => api_name === name);
    const asked = { session_hash: session, fn_index: endpoint?.id, event_id: event };
    const headers = { "Content-Type": "application/json" };
    fetch(at("cancel"), { method: "POST", headers, body: JSON.stringify(asked) }).catch(() => {});
}
