"""A blocked-out room becomes a detailed one: recognise, fit, snap, resolve, generate."""
