/** Subresource integrity: a page's HTML names what it loads with its hash, so that the hash of the HTML stands for all. */
import { createHash } from "node:crypto";

import type { Plugin } from "vite";

const LOADING = /<(?:script|link)\b[^>]*?\b(?:src|href)="\/([^"]+)"[^>]*?(?=\s*\/?>)/g;

/** After everything else has been written into scripts and styles; throws for an element that loads what is not built. */
export function integrity(): Plugin {
  return {
    name: "integrity",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const hashOf = (name: string): string => {
          const file = bundle[name];
          if (file === undefined) throw new Error(`a page loads ${name}, which is not built`);
          return createHash("sha384").update(file.type === "chunk" ? file.code : file.source).digest("base64");
        };
        for (const file of Object.values(bundle)) {
          if (file.type !== "asset" || !file.fileName.endsWith(".html")) continue;
          file.source = String(file.source).replace(LOADING, (element, name: string) => `${element} integrity="sha384-${hashOf(name)}"`);
        }
      },
    },
  };
}
