from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("signing", "0002_bankid_orders")]

    operations = [
        migrations.RemoveField(model_name="ticket", name="asked"),
        migrations.AddIndex(model_name="ticket", index=models.Index(fields=["certificate_id"], name="tickets_of_certificate")),
    ]
