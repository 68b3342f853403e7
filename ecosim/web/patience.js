// How long a widget may take to load, before anything else of the page. What brings widgets here gives each two seconds;
// after that it hears nothing ever again, as happens on a busy machine or a slow phone. It may take a minute. And one
// that has gone before it was there, since somebody went on quickly, is no error.
const [SHORT, LONG] = [2_000, 60_000]; // ms
const timeout = AbortSignal.timeout.bind(AbortSignal);
AbortSignal.timeout = (time) => timeout(time === SHORT ? LONG : time);
addEventListener("unhandledrejection", (event) => {
  if (event.reason?.message === "[anywidget] Failed to initialize model.") event.preventDefault();
});
