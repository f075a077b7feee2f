// The page was opened to be printed, and that has been recorded. Without JavaScript it says how to.
window.print();
