// Copying and saving: browsers give navigator.clipboard to secure pages only, which http on a local network is not.

import { around, find } from "./dom.js";
import { actions, notify, tell } from "./page.js";

/** @param {string} text */
export async function copy(text) {
    try {
        await navigator.clipboard.writeText(text);
    } catch {
        const area = Object.assign(document.createElement("textarea"), { value: text, className: "unseen" });
        document.body.append(area);
        area.select();
        document.execCommand("copy");
        area.remove();
    }
    notify(tell("copied"));
}

actions.copy = (button) => {
    const text = find(around(button, "figure"), ".quote-text").textContent;
    copy(`${text}\n— ${button.dataset.cite}`);
};

/** @param {string} title */
export const fileName = (title) => title.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60).replace(/^-|-$/g, "") || "replique";

/**
 * @param {string} name
 * @param {BlobPart} content
 * @param {string} type
 */
export function download(name, content, type = "text/markdown;charset=utf-8") {
    const url = URL.createObjectURL(new Blob([content], { type }));
    Object.assign(document.createElement("a"), { href: url, download: name }).click();
    URL.revokeObjectURL(url);
}
