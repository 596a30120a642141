import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0001_initial'),
        ('signing', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignaturePicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('png', models.BinaryField(max_length=1048576)),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('added_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.person')),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.person')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('person__isnull', False), ('organization__isnull', False), _connector='XOR'), name='a_picture_is_a_persons_or_an_organizations'),
                    models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('person',), name='one_picture_a_person'),
                    models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('organization',), name='one_picture_an_organization'),
                ],
            },
        ),
    ]
