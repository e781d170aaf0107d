// The sheet of each page, as a document.
import { modules, perJob } from "./jobs.mjs";

const { libraryFrom, sheet } = await modules("engine/library.mjs", "sheets/sheet.mjs");

await perJob(({ page, code, how }) => sheet(page, code, how), libraryFrom);
