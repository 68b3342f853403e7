"""The processes of the week, one file each; :meth:`ecosim.model.engine.Engine.step` says their order."""
