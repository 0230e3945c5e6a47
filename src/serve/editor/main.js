// The editor.
