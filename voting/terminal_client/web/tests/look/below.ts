/** Draws parts of a page below a component that gives them what they ask for. */
import { defineComponent, h, type PropType, type VNode } from "vue";

const Below = defineComponent({
  props: { give: { type: Function as PropType<() => void>, required: true } },
  setup: (props, { slots }) => {
    props.give();
    return () => slots["default"]?.();
  },
});

/** `give` is called once, in a component's setup; what it provides reaches `content`. */
export function below(give: () => void, content: () => VNode[]): VNode {
  return h(Below, { give }, { default: content });
}
