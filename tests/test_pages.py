"""Every page opens for who may open it, in both languages, and for nobody else."""

import pytest
from django.urls import resolve, reverse

PAGES = [
    (
        "reports:today",
        ["hema", "ila", "asha", "omprakash", "charu", "divya", "esha", "farah", "zoya", "hina", "gita", "sysa", "root"],
    ),
    ("kendras:charges", ["hema", "gita", "sysa", "root"]),
    ("kendras:password", ["hema", "root"]),
    ("kendras:units", ["hema", "esha", "hina", "sysa"]),
    ("kendras:rules", ["hema", "hina", "sysa"]),
    ("kendras:trail", ["asha", "omprakash", "charu", "esha", "hina"]),
    ("kendras:accounts", ["sysa"]),
    ("kendras:account_new", ["sysa"]),
    ("complaints:list", ["hema", "ila", "asha", "omprakash", "charu", "divya", "esha", "farah", "zoya", "hina"]),
    ("complaints:search", ["hema", "ila", "asha", "charu", "hina"]),
    ("complaints:filters", ["asha"]),
    ("complaints:register", ["hema", "ila", "asha"]),
    ("complaints:handovers", ["asha", "omprakash"]),
    ("complaints:print_register", ["hema", "asha", "omprakash"]),
]

EVERYBODY = [
    "hema",
    "ila",
    "asha",
    "omprakash",
    "charu",
    "divya",
    "esha",
    "farah",
    "zoya",
    "hina",
    "gita",
    "sysa",
    "root",
]
FOR_ALL = {"reports:today", "kendras:charges", "kendras:password"}


@pytest.mark.parametrize(("name", "who"), PAGES)
@pytest.mark.parametrize("language", ["hi", "en"])
def test_a_page_opens_for_those_who_have_the_right(world, name, who, language):
    world.at_state("disposed")
    world.complaint(nature="rape")
    for key in who:
        client = world.client(getattr(world, key))
        response = client.get(reverse(name), headers={"accept-language": language})
        assert response.status_code == 200, (key, name)
        assert f'lang="{language}"' in response.content.decode()


@pytest.mark.parametrize(("name", "who"), [page for page in PAGES if page[0] not in FOR_ALL])
def test_a_page_is_closed_to_a_role_without_the_right(world, name, who):
    right = {world.fresh(getattr(world, key)).acting.role for key in who}
    for key in EVERYBODY:
        user = world.fresh(getattr(world, key))
        if user.acting is None or not right & {user.acting.role} and not _may(user, name):
            assert world.client(user).get(reverse(name)).status_code == 403, (key, name)


def _may(user, name):
    """Whether the view's own right is the user's: the view says which."""

    return user.has_perm(resolve(reverse(name)).func.needs)


@pytest.mark.parametrize("name", [name for name, _who in PAGES])
def test_nobody_sees_a_page_without_signing_in(client, db, name):
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response.url.startswith("/login/")


def test_a_page_with_case_data_is_never_cached(world):
    assert world.client(world.asha).get(reverse("complaints:list"))["Cache-Control"] == "no-store"
