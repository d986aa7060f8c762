export default {
  title: "请选择您要使用的页面",
};
