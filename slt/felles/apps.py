from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    """Django's admin with the site that works in one kommune at a time."""

    default_site = "slt.felles.adminsted.SltAdminSite"
