// No models yet.
