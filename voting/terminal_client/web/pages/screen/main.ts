import { startPage } from "@/live/page";

import App from "./App.vue";

startPage("screen", App);
