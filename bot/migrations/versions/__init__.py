"""The steps, a file each, named by number and by what it brings. A step that was released is never changed."""
