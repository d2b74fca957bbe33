// Words selected in a text whose elements say in data-start where each begins: with the mouse, by touch, or by
// keyboard, word by word and sentence by sentence. What is selected is told in the code points that Python counts.

import { lang } from "./settings.js";

/**
 * @typedef {{start: number, end: number, text: string}} Slice in code points
 * @typedef {{element: Element, start: number, from: number, text: string}} Block where its text begins: in the source,
 *     in code points; in all that is shown, in units
 */

/**
 * The elements that have text of their own, in order.
 * @param {Element} view
 * @returns {Block[]}
 */
function blocksOf(view) {
    const elements = view.matches("[data-start]") ? [view] : [...view.querySelectorAll("[data-start]")];
    let from = 0;
    return elements.map((element) => {
        const text = String(element.textContent);
        const block = { element, start: Number(element.getAttribute("data-start")), from, text };
        from += text.length;
        return block;
    });
}

/**
 * The last one that is so.
 * @template T
 * @param {T[]} items
 * @param {(item: T) => boolean} is
 */
const last = (items, is) => items.filter(is).pop();

const BEFORE_WORDS = /^[\s#>*•–—-]+/u; // marks of headings and items

const count = (/** @type {string} */ text) => [...text].length;

/**
 * How much of a block's text stands before a point.
 * @param {Block} block
 * @param {Node} node
 * @param {number} offset
 */
function before({ element, text }, node, offset) {
    const range = document.createRange();
    range.selectNodeContents(element);
    if (range.comparePoint(node, offset) < 0) return 0;
    if (range.comparePoint(node, offset) > 0) return text.length;
    range.setEnd(node, offset);
    return range.toString().length;
}

/**
 * Where the selection begins and ends in all the text shown, in units; null where nothing of it is selected.
 * @param {Block[]} blocks
 */
function chosen(blocks) {
    const selection = getSelection();
    if (!selection?.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const touched = blocks.filter(({ element }) => range.intersectsNode(element));
    if (!touched.length) return null;
    const [first, final] = [touched[0], touched[touched.length - 1]];
    return {
        from: first.from + before(first, range.startContainer, range.startOffset),
        to: final.from + before(final, range.endContainer, range.endOffset),
    };
}

/**
 * What is selected of a text, without the white space around it; null for nothing.
 * @param {Element} view
 * @returns {Slice | null}
 */
export function selectedIn(view) {
    const blocks = blocksOf(view);
    const found = chosen(blocks);
    if (!found) return null;
    const whole = blocks.map(({ text }) => text).join("");
    const words = whole.slice(found.from, found.to);
    const text = words.trim();
    if (!/[\p{L}\p{N}]/u.test(text)) return null;
    const from = found.from + words.indexOf(text);
    const block = last(blocks, (one) => one.from <= from) ?? blocks[0];
    const start = block.start + count(whole.slice(block.from, from));
    return { start, end: start + count(text), text };
}

/**
 * The point in the page where a unit of the text stands.
 * @param {Block[]} blocks
 * @param {number} at
 * @param {boolean} ends of what ends there, rather than what begins
 * @returns {[Node, number]}
 */
function pointAt(blocks, at, ends) {
    const block = last(blocks, ({ from }) => (ends ? from < at : from <= at)) ?? blocks[0];
    let left = at - block.from;
    const walker = document.createTreeWalker(block.element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const length = String(node.nodeValue).length;
        if (ends ? left <= length : left < length) return [node, left];
        left -= length;
    }
    return [block.element, block.element.childNodes.length];
}

/**
 * Selects what stands from one unit to another; the second one is what moves when more is taken.
 * @param {Block[]} blocks
 * @param {number} anchor
 * @param {number} focus
 */
function choose(blocks, anchor, focus) {
    const ends = focus >= anchor;
    getSelection()?.setBaseAndExtent(...pointAt(blocks, anchor, !ends), ...pointAt(blocks, focus, ends));
}

/**
 * Selects a slice again, such as after what shows it was drawn anew.
 * @param {Element} view
 * @param {{start: number, end: number}} slice in code points
 */
export function selectSlice(view, { start, end }) {
    const blocks = blocksOf(view);
    const units = (/** @type {number} */ at) => {
        const block = last(blocks, (one) => one.start <= at) ?? blocks[0];
        return block.from + [...block.text].slice(0, at - block.start).join("").length;
    };
    choose(blocks, units(start), units(end));
}

/**
 * The words or sentences of a text, by where each begins and ends, in units.
 * @param {string} text
 * @param {"word" | "sentence"} granularity
 */
function unitsOf(text, granularity) {
    const language = document.documentElement.lang || lang;
    const found = [];
    for (const { segment, index, isWordLike } of new Intl.Segmenter(language, { granularity }).segment(text)) {
        const bare = segment.replace(BEFORE_WORDS, "").trimEnd();
        if (granularity === "word" ? !isWordLike : !/[\p{L}\p{N}]/u.test(bare)) continue;
        const from = index + segment.indexOf(bare);
        found.push({ from, to: from + bare.length });
    }
    return found;
}

const KEYS = /** @type {Record<string, {granularity: "word" | "sentence", by: number}>} */ ({
    ArrowRight: { granularity: "word", by: 1 },
    ArrowLeft: { granularity: "word", by: -1 },
    ArrowDown: { granularity: "sentence", by: 1 },
    ArrowUp: { granularity: "sentence", by: -1 },
});

/**
 * Moves the selection by a word or a sentence, or takes one more or less with Shift; false for other keys.
 * @param {Element} view
 * @param {KeyboardEvent} event
 * @param {Element} [scroller] that keeps what moves in sight
 */
export function moveSelection(view, event, scroller) {
    const key = KEYS[event.key];
    if (!key || event.altKey || event.ctrlKey || event.metaKey) return false;
    const blocks = blocksOf(view);
    const units = unitsOf(blocks.map(({ text }) => text).join(""), key.granularity);
    if (!units.length) return false;
    const held = heldOf(blocks);
    event.preventDefault();
    if (!held) {
        const first = units.find(({ from }) => isShown(blocks, from, scroller)) ?? units[0];
        choose(blocks, first.from, first.to);
    } else if (event.shiftKey) choose(blocks, held.anchor, moved(units, held, key.by));
    else {
        const [from, to] = [Math.min(held.anchor, held.focus), Math.max(held.anchor, held.focus)];
        const next = key.by > 0 ? units.find((one) => one.from >= to) : last(units, (one) => one.to <= from);
        if (next) choose(blocks, next.from, next.to);
    }
    keepInSight(scroller);
    return true;
}

/**
 * The selection by the end that stays and the one that moves, in units.
 * @param {Block[]} blocks
 */
function heldOf(blocks) {
    const found = chosen(blocks);
    const selection = getSelection();
    if (!found || !selection?.anchorNode || !selection.focusNode) return null;
    const range = document.createRange();
    range.setStart(selection.anchorNode, selection.anchorOffset);
    const forwards = range.comparePoint(selection.focusNode, selection.focusOffset) >= 0;
    return forwards ? { anchor: found.from, focus: found.to } : { anchor: found.to, focus: found.from };
}

/**
 * Where the end that moves comes to; never to the one that stays.
 * @param {{from: number, to: number}[]} units
 * @param {{anchor: number, focus: number}} held
 * @param {number} by
 */
function moved(units, { anchor, focus }, by) {
    const forwards = focus > anchor;
    const borders = units.map(({ from, to }) => (forwards ? to : from));
    const next = by > 0 ? borders.find((at) => at > focus) : last(borders, (at) => at < focus);
    if (next === undefined || (forwards ? next <= anchor : next >= anchor)) {
        if (next === undefined) return focus;
        const turned = by > 0 ? units.find(({ to }) => to > anchor)?.to : last(units, ({ from }) => from < anchor)?.from;
        return turned ?? focus;
    }
    return next;
}

/**
 * @param {Block[]} blocks
 * @param {number} at
 * @param {Element} [scroller]
 */
function isShown(blocks, at, scroller) {
    if (!scroller) return true;
    const range = document.createRange();
    range.setStart(...pointAt(blocks, at, false));
    const [box, frame] = [range.getBoundingClientRect(), scroller.getBoundingClientRect()];
    return box.height > 0 && box.top >= frame.top && box.bottom <= frame.bottom;
}

/** @param {Element} [scroller] */
function keepInSight(scroller) {
    const selection = getSelection();
    if (!scroller || !selection?.focusNode) return;
    const range = document.createRange();
    range.setStart(selection.focusNode, selection.focusOffset);
    const [box, frame] = [range.getBoundingClientRect(), scroller.getBoundingClientRect()];
    if (box.top < frame.top) scroller.scrollTop += box.top - frame.top - frame.height * 0.3;
    else if (box.bottom > frame.bottom) scroller.scrollTop += box.bottom - frame.bottom + frame.height * 0.3;
}
