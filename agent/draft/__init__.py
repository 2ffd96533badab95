"""From what readers claim to the Draft a person sees. All pure."""
