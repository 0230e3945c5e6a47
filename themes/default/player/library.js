/** What the library does. */
