import type { VNode } from "vue";

export const verifierScenes: Record<string, () => VNode[]> = {};
