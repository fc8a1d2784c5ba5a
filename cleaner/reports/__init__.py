"""Reports: views of what CLEAN holds. They read the tables and decide nothing."""
