// Finding, making and showing elements.

/**
 * The element that a selector finds, which is there.
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 */
export const find = (root, selector) => /** @type {T} */ (root.querySelector(selector));

/**
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 */
export const findAll = (root, selector) => /** @type {T[]} */ ([...root.querySelectorAll(selector)]);

/**
 * What stands around an element, or is it, which is there.
 * @template {Element} [T=HTMLElement]
 * @param {EventTarget | null} element
 * @param {string} selector
 */
export const around = (element, selector) =>
    /** @type {T} */ (/** @type {Element} */ (element).closest(selector));

/** @param {string} html */
export function fragment(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content;
}

/**
 * A copy of what a template of the page holds.
 * @param {ParentNode} root
 * @param {string} name
 */
export function copyOf(root, name) {
    /** @type {HTMLTemplateElement} */
    const template = find(root, `template.t-${name}`);
    return /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
}

/**
 * scrollIntoView would move the page as well, which is to stay where it is.
 * @param {Element} scroller
 * @param {Element} element
 * @param {number} part of the free height above it
 */
export function bring(scroller, element, part) {
    const [frame, box] = [scroller.getBoundingClientRect(), element.getBoundingClientRect()];
    scroller.scrollTop += box.top - frame.top - Math.max(0, frame.height - box.height) * part;
}

/** @param {EventTarget | null} element */
export const isTyping = (element) =>
    element instanceof Element && element.matches("input, textarea, select, [contenteditable]");
