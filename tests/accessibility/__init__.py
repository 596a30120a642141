"""Every page, both widths, light and dark: nothing serious for anybody."""
