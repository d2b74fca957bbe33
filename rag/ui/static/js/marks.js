// Quotes marked in the text of a source, by their offsets. Nothing is ever searched for.

/**
 * @typedef {{start: number, end: number, n?: number}} Span in code points, as Python counts; the number of its quote
 * @typedef {{source: string, start: number, end: number}} Place
 */

/**
 * A block's text, cut where spans begin and end.
 * @template {Span} S
 * @param {string} text
 * @param {number} start of the block, in the source
 * @param {S[]} spans in order
 * @returns {(string | {span: S, text: string})[]}
 */
function pieces(text, start, spans) {
    const points = [...text];
    const cut = (/** @type {number} */ from, /** @type {number} */ to) =>
        points.slice(Math.max(0, from - start), Math.max(0, to - start)).join("");
    const found = [];
    let at = start;
    for (const span of spans) {
        const from = Math.max(at, span.start);
        const to = Math.min(start + points.length, span.end);
        if (from >= to) continue;
        found.push(cut(at, from), { span, text: cut(from, to) });
        at = to;
    }
    return [...found, cut(at, start + points.length)];
}

/**
 * Marks spans in a source's text: blocks whose data-start is where each begins.
 * @template {Span} S
 * @param {Element} view
 * @param {S[]} spans
 * @returns {Map<S, HTMLElement[]>} the marks of each span, in order
 */
export function paint(view, spans) {
    for (const block of view.querySelectorAll("[data-painted]")) {
        block.replaceChildren(block.textContent);
        block.removeAttribute("data-painted");
    }
    const sorted = [...spans].sort((a, b) => a.start - b.start);
    /** @type {Map<S, HTMLElement[]>} */
    const marks = new Map(spans.map((span) => [span, []]));
    const blocks = [...view.querySelectorAll("[data-start]")];
    const starts = blocks.map((block) => Number(block.getAttribute("data-start")));
    blocks.forEach((block, i) => {
        const [start, end = Infinity] = starts.slice(i, i + 2);
        const inside = sorted.filter((span) => span.start < end && span.end > start);
        if (!inside.length) return;
        block.setAttribute("data-painted", "");
        block.replaceChildren(...pieces(block.textContent, start, inside).map((piece) => {
            if (typeof piece === "string") return piece;
            const mark = Object.assign(document.createElement("mark"), { textContent: piece.text });
            if (Number(piece.span.n) > 0) mark.dataset.n = String(piece.span.n);
            marks.get(piece.span)?.push(mark);
            return mark;
        }));
    });
    return marks;
}
