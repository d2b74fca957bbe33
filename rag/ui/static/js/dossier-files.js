// The dossier as a file: exported for a word processor, saved, opened again.

import { download, fileName } from "./clipboard.js";
import { actions, notify, tell } from "./page.js";
import { dossierStore } from "./store.js";

/**
 * @param {HTMLInputElement} opening where a file is chosen
 * @param {object} dossier
 * @param {(asked: object, said: string) => void} dossier.replace
 * @param {(format: string) => Promise<any>} dossier.exported
 * @param {() => Promise<unknown>} dossier.settled nothing is being changed any more
 */
export function dossierFiles(opening, { replace, exported, settled }) {
    const name = () => fileName(dossierStore.read()?.title || tell("dossier"));

    actions["dossier-export"] = async ({ dataset: { format } }) => {
        await settled();
        const given = await exported(String(format));
        if (!given?.data) return notify(given?.error ?? tell("no_server"));
        const bytes = Uint8Array.from(atob(given.data), (byte) => byte.charCodeAt(0));
        download(`${name()}.${format}`, bytes, "application/octet-stream");
        return notify(given.said);
    };

    actions["dossier-save"] = async () => {
        await settled();
        download(`${name()}.json`, `${JSON.stringify(dossierStore.read(), null, 1)}\n`, "application/json");
    };

    actions["dossier-open"] = () => opening.click();
    opening.addEventListener("change", async () => {
        const file = opening.files?.[0];
        if (!file) return;
        const text = await file.text();
        opening.value = "";
        replace({ do: "open", dossier: null, text, name: file.name }, tell("dossier_opened"));
    });
}
