def tell(kommune, ordene):
    pass
