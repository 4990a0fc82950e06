app_name = "kendras"
urlpatterns = []
