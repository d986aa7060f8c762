export default {
  title: "代表席位",
};
