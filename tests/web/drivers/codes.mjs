// What codes of sheets open to.
import { modules, perJob } from "./jobs.mjs";

const { WrongCode, libraryFrom, opened, useCatalogue } = await modules(
  "engine/library.mjs", "engine/messages.mjs", "codes/sheet_code.mjs",
);

await perJob(
  (code, library) => {
    try {
      return opened(library, code);
    } catch (error) {
      if (error instanceof WrongCode) return { wrong: error.message };
      throw error;
    }
  },
  (data) => {
    const library = libraryFrom(data);
    useCatalogue(library.messages);
    return library;
  },
);
