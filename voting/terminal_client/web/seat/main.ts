import { startPage } from "@/shared/page";

import App from "./App.vue";

startPage("seat", App);
