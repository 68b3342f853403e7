"""The dashboard: Solara pages for designers and teachers. They only translate: what they show is made below."""
