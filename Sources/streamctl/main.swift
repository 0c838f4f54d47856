print("streamctl")
