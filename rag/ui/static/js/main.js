// What the components of the page run when they are there: rag/ui/assets.py has the calls.

export { footer, masthead } from "./page.js";
export { debates } from "./debates.js";
export { desk } from "./desk.js";
export { documentsView } from "./documents.js";
export { dossierPanel } from "./dossier.js";
