// What two windows of one browser keep in the same place: neither writes over what the other has put there. A window
// may read what the other has just replaced, for a moment.

import { own } from "./settings.js";

/** @type {(a: unknown, b: unknown) => boolean} */
export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/**
 * What is kept after two have changed it, each where it changed something; where both did, it is ours.
 * @template T
 * @param {T | undefined} base as both had it
 * @param {T} ours
 * @param {T} theirs
 * @returns {T}
 */
export const either = (base, ours, theirs) => (same(base, ours) ? theirs : ours);

/**
 * Lists of things that have an id, one of each: those of both, each as it was changed last.
 * @template {{id: string, changed?: number}} T
 * @param {T[]} ours
 * @param {T[]} theirs
 */
export function both(ours, theirs) {
    const there = new Map(theirs.map((one) => [one.id, one]));
    const here = new Set(ours.map(({ id }) => id));
    const last = ours.map((one) => {
        const other = there.get(one.id);
        return other && (other.changed ?? 0) >= (one.changed ?? 0) ? other : one;
    });
    return [...last, ...theirs.filter(({ id }) => !here.has(id))];
}

/**
 * Changes what the browser keeps by what the server makes of it: one window after the other where the browser has
 * locks (not on a page that is given over plain http), and anew where another changed it meanwhile.
 * @template K, G
 * @param {string} name of what is kept
 * @param {() => K} kept as it is now
 * @param {(kept: K) => Promise<G>} made
 * @param {(given: G) => void} keep
 * @returns {Promise<G>}
 */
export async function changing(name, kept, made, keep) {
    const change = async () => {
        for (;;) {
            const before = kept();
            const given = await made(before);
            if (!same(before, kept())) continue;
            keep(given);
            return given;
        }
    };
    return navigator.locks ? navigator.locks.request(own(name), change) : change();
}
