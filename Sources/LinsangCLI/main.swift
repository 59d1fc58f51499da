print("linsang")
