"""Looking at the site as others see it."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from slt.felles.tilgang import SE_SOM, SOM, koordinert_kommune, mens_man_ser_som


@require_POST
def se_som(request):
    """A coordinator looks at the site as the public, a tjeneste or the politiråd would."""
    kommune = koordinert_kommune(request.user, request.POST.get("kommune", ""))
    if kommune is None or request.POST.get("hva") not in SOM:
        raise PermissionDenied
    request.session[SE_SOM] = [kommune.pk, request.POST["hva"]]
    return redirect(kommune)


@mens_man_ser_som
@login_not_required
@require_POST
def se_som_seg_selv(request):
    """The way back."""
    request.session.pop(SE_SOM, None)
    return redirect("konto:min_side")
