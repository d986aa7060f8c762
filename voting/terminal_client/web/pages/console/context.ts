/** What the console's parts ask for instead of being handed it. */
import { pageContext } from "@/live/page_session";

export const consolePage = pageContext("console");
