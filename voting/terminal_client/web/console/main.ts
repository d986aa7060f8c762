import { startPage } from "@/shared/page";

import App from "./App.vue";

startPage("console", App);
