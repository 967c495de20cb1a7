from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    name = "dotpha.appraisal"
    label = "appraisal"
    verbose_name = "Rà soát, thẩm định"
