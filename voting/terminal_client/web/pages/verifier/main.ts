import { startPage } from "@/live/page";

import App from "./App.vue";

startPage("verifier", App);
