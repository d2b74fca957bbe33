// Copying: browsers give navigator.clipboard to secure pages only, which http on a local network is not.

async function copy(text) {
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
    const text = button.closest("figure").querySelector(".quote-text").textContent;
    copy(`${text}\n— ${button.dataset.cite}`);
};

const fileName = (title) => title.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60) || "replique";

function download(name, content, type = "text/markdown;charset=utf-8") {
    const url = URL.createObjectURL(new Blob([content], { type }));
    Object.assign(document.createElement("a"), { href: url, download: name }).click();
    URL.revokeObjectURL(url);
}
